"""The shape of what people type about collections, dues, programmes, aid and visits, and the filters of the lists."""
