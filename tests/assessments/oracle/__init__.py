"""A second, independent reading of the assessment semantics (差异化考核, 末位倒逼) in exact fractions.

It shares no code with the product. The tests hold the product's engine against it, and both against situations
worked by hand (`tests/assessments/situations`) and the worked year of the demo county.
"""
