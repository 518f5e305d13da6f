/**
 * Follows the logs of this node's accounts by turns, and commits e-mails and cursor
 * together.
 */
@NullMarked
package dev.belfry.notifier.reader;

import org.jspecify.annotations.NullMarked;
