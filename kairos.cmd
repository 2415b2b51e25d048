@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts Kairos on Windows: cli\target\kairos.jar of this folder, which Maven makes when it is
rem missing; it is not made anew when sources change (mvn package does that). KAIROS_JAVA_OPTS adds
rem flags of your own.
setlocal
set "jar=%~dp0cli\target\kairos.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not exist "%jar%" call mvn -q -B -f "%~dp0pom.xml" -DskipTests -Dspotless.check.skip=true -pl cli -am package 1>&2
if not exist "%jar%" exit /b 70
"%java%" --add-modules jdk.incubator.vector -XX:+UseSerialGC -Dfile.encoding=UTF-8 %KAIROS_JAVA_OPTS% "-Dkairos.home=%~dp0." -jar "%jar%" %*
exit /b %ERRORLEVEL%
