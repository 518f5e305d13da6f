/**
 * The outbox: e-mails that wait, the worker that hands them over, what came of each, and
 * the addresses that want none.
 */
@NullMarked
package dev.belfry.delivery;

import org.jspecify.annotations.NullMarked;
