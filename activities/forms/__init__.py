"""The shape of what people type about meetings, dues, programmes, aid and visits, and the filters of the lists."""
