"""Speed in one run, as ratios against peers on the same file (`make bench`)."""
