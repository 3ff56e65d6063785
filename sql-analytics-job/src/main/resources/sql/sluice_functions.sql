-- The functions of Sluice (udfs/README.md), for scripts that use this one.

LOAD MODULE sluice;
