"""Thin pages of the yearly assessment: load and authorise, one service call, render."""
