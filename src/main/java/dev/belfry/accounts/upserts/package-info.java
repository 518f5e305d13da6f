/** Registers and changes accounts and users for the platform. */
@NullMarked
package dev.belfry.accounts.upserts;

import org.jspecify.annotations.NullMarked;
