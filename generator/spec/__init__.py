"""The spec language: text in, a frozen `Spec` or located errors out."""
