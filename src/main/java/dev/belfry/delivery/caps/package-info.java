/** How many e-mails an account may send on one day. */
@NullMarked
package dev.belfry.delivery.caps;

import org.jspecify.annotations.NullMarked;
