"""The graph of data flows: building, asking, drawing."""
