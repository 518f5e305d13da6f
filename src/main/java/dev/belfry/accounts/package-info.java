/**
 * Who is asking: accounts, users, and the one gate through which every statement of a
 * request learns its account.
 */
@NullMarked
package dev.belfry.accounts;

import org.jspecify.annotations.NullMarked;
