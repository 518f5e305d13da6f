/** When each global notification is due, and what its e-mails show. */
@NullMarked
package dev.belfry.notifier.global;

import org.jspecify.annotations.NullMarked;
