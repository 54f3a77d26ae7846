"""The analyst's desk: decisions on rows, written to the workbook at once, and the bench that shows them."""
