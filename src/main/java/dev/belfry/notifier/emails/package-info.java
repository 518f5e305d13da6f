/** Which e-mails are due after the rate limit, and what they say. */
@NullMarked
package dev.belfry.notifier.emails;

import org.jspecify.annotations.NullMarked;
