"""The shape of what people type about cash and bank."""
