/**
 * The rules' reader: follows the logs of each account, applies its notification settings,
 * queues e-mails exactly once, and says why.
 */
@NullMarked
package dev.belfry.notifier;

import org.jspecify.annotations.NullMarked;
