"""Data of the product: policy packs, industry codes, labelled examples, samples."""
