"""The verbs of incidents: report, handle, take measures, tell, remind."""
