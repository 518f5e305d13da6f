/**
 * Follows each account's logs under a lease, and commits e-mails and cursor together.
 */
@NullMarked
package dev.belfry.notifier.reader;

import org.jspecify.annotations.NullMarked;
