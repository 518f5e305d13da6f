/** Which e-mails are due after the rate limit, and their text. */
@NullMarked
package dev.belfry.notifier.emails;

import org.jspecify.annotations.NullMarked;
