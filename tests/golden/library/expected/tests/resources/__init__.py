"""The tests of the resources, one module each."""
