/** When each global notification is due, and its e-mail's text. */
@NullMarked
package dev.belfry.notifier.global;

import org.jspecify.annotations.NullMarked;
