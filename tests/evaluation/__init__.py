"""How good the answers are: precision and recall on labelled declarations (`make eval`)."""
