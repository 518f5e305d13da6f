/**
 * Says afterwards why an entry led to e-mails or to none, and what keeps notifications
 * from anyone.
 */
@NullMarked
package dev.belfry.notifier.why;

import org.jspecify.annotations.NullMarked;
