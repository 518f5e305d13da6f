/** Hands one e-mail to the SMTP relay, or into a folder. */
@NullMarked
package dev.belfry.delivery.relay;

import org.jspecify.annotations.NullMarked;
