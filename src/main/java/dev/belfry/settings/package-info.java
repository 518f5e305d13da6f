/** Which global notifications an account wants by e-mail, and where. */
@NullMarked
package dev.belfry.settings;

import org.jspecify.annotations.NullMarked;
