/**
 * What an account wants to be told of by e-mail, and where: its notification settings.
 */
@NullMarked
package dev.belfry.settings;

import org.jspecify.annotations.NullMarked;
