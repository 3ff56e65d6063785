package dev.sluice.benchmarks.replication;

/**
 * What came of a trial, as both streams tell afterwards.
 *
 * @param perSecond records of the backlog that arrived in the target a second
 * @param cpuMicros of the contestant for one of them, without compiling byte code
 * @param serverCores that the server of both streams took meanwhile; it has one
 * @param lagMedian milliseconds from arrival in the source to arrival in the target, at a fixed
 *     rate
 * @param lagMost 99 % of the records have no more
 * @param lagServerCores that the server took meanwhile
 * @param missing records that are in the source only
 * @param repeated records that are in the target once more
 * @param reordered keys of which a record stands behind a younger one
 */
record Outcome(
    double perSecond,
    double cpuMicros,
    double serverCores,
    double lagMedian,
    double lagMost,
    double lagServerCores,
    long missing,
    long repeated,
    long reordered) {}
