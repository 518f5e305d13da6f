/**
 * Sending one e-mail: what it looks like, how it is handed to the relay, and how its
 * recipient stops the next.
 */
@NullMarked
package dev.belfry.delivery.mail;

import org.jspecify.annotations.NullMarked;
