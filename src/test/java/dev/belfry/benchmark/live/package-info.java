/**
 * Measures live push from outside: Belfry's jar and its peers, each in a process of its
 * own, and a client in another.
 */
package dev.belfry.benchmark.live;
