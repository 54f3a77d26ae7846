"""For sharing: PDF, HTML, workbook and the index of past reports."""
