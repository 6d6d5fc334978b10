"""What each Word document shows: values for its template from a project. Pure."""
