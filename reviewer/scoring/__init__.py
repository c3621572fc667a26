"""Scoring: every clause of every tier judged by quoted evidence, gates, gaps."""

from reviewer.scoring.coverage import cover

__all__ = ["cover"]
