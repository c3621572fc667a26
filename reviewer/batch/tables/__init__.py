"""The notice's summary tables (Annex 1, 3, 4): filled from reviews, and read and checked when filled."""
