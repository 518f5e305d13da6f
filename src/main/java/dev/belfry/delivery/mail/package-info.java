/** One e-mail: what it says, and its way to the relay. */
@NullMarked
package dev.belfry.delivery.mail;

import org.jspecify.annotations.NullMarked;
