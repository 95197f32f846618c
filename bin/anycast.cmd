@echo off
rem For a command inside the sandbox on Windows, where `anycast` is found by this name.
node "%~dp0anycast" %*
exit /b %ERRORLEVEL%
