/**
 * Says afterwards why an entry led to e-mails or to none, and which problems keep e-mails
 * from recipients.
 */
@NullMarked
package dev.belfry.notifier.why;

import org.jspecify.annotations.NullMarked;
