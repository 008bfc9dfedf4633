"""Papers of the yearly assessment: what stands on rankings, score sheets, letters, the workbook of a year. Pure."""
