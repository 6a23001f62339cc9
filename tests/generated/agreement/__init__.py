"""The same requests to the same service on every engine, and how their answers compare."""
