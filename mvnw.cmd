@echo off
rem Runs Maven: an installed one of at least 3.8, otherwise the pinned one, downloaded once.
setlocal
set "VERSION=3.9.16"
set "SHA512=831a8591fe20c8243b1dbe7d71e3244f31d1665b0804b2e825e38cbbe5ce0cafb8338851f90780735568773e0a6cd07bbec107cda0b896b008b861075358b6f6"
set "NAME=apache-maven-%VERSION%"
set "DISTS=%USERPROFILE%\.m2\wrapper\dists\belfry"
set "MVN="

if defined MAVEN_HOME call :try "%MAVEN_HOME%\bin\mvn.cmd"
if not defined MVN for /f "delims=" %%m in ('where mvn.cmd 2^>nul') do if not defined MVN call :try "%%m"
if defined MVN goto run

set "MAVEN_HOME=%DISTS%\%NAME%"
set "MVN=%MAVEN_HOME%\bin\mvn.cmd"
if exist "%MVN%" goto run
set "URL=https://archive.apache.org/dist/maven/maven-3/%VERSION%/binaries/%NAME%-bin.tar.gz"
if defined MVNW_REPOURL set "URL=%MVNW_REPOURL%/org/apache/maven/apache-maven/%VERSION%/%NAME%-bin.tar.gz"
set "TEMPDIR=%DISTS%\download.%RANDOM%%RANDOM%"
mkdir "%TEMPDIR%" || exit /b 1
echo mvnw: downloading Maven %VERSION% from %URL% 1>&2
powershell -NoProfile -Command "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; [Net.ServicePointManager]::SecurityProtocol = 'Tls12'; (New-Object Net.WebClient).DownloadFile($env:URL, $env:TEMPDIR + '\maven.tar.gz')"
if errorlevel 1 (
	echo mvnw: the download failed. Set MVNW_REPOURL to a Maven repository you can reach, or install Maven 3.8 or newer. 1>&2
	goto fail
)
powershell -NoProfile -Command "if ((Get-FileHash -Algorithm SHA512 ($env:TEMPDIR + '\maven.tar.gz')).Hash -ne $env:SHA512) { exit 1 }"
if errorlevel 1 (
	echo mvnw: the file from %URL% does not have the expected SHA-512, so it was thrown away 1>&2
	goto fail
)
tar -xzf "%TEMPDIR%\maven.tar.gz" -C "%TEMPDIR%" || goto fail
if not exist "%MVN%" move "%TEMPDIR%\%NAME%" "%MAVEN_HOME%" >nul
rmdir /s /q "%TEMPDIR%"
if exist "%MVN%" goto run
echo mvnw: could not move Maven to %MAVEN_HOME% 1>&2
exit /b 1

:fail
rmdir /s /q "%TEMPDIR%"
exit /b 1

:run
endlocal & set "MAVEN_HOME=%MAVEN_HOME%" & "%MVN%" %*
exit /b %ERRORLEVEL%

:try
for /f "tokens=3" %%v in ('call "%~1" --version 2^>nul ^| findstr /c:"Apache Maven"') do for /f "tokens=1,2 delims=." %%a in ("%%v") do (
	if %%a gtr 3 set "MVN=%~1"
	if %%a equ 3 if %%b geq 8 set "MVN=%~1"
)
exit /b 0
