"""Whether the tests of generated projects bite: the code is broken, and they have to notice."""
