"""The shape of what people type about material and goods."""
