@echo off
rem Runs in terraform's place on Windows (TERRAFORM_BINARY_NAME), which cannot start bin/anycast-terraform. Node decides
rem what goes straight to terraform.
node "%~dp0..\dist\cli\load.js" %*
exit /b %ERRORLEVEL%
