/** Finds accounts and users, and the viewer that a token identifies. */
@NullMarked
package dev.belfry.accounts.directory;

import org.jspecify.annotations.NullMarked;
