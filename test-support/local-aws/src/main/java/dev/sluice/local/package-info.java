/** Servers that stand in for AWS on this machine, each a process of its own, and small clients. */
@org.jspecify.annotations.NullMarked
package dev.sluice.local;
