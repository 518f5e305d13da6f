/** Claims e-mails that are due, hands them over, records each attempt. */
@NullMarked
package dev.belfry.delivery.sending;

import org.jspecify.annotations.NullMarked;
