"""The application in the browser: server-rendered pages over the library."""
