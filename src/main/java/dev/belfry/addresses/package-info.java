/** What an e-mail address is: for input, storage, comparison and sending alike. */
@NullMarked
package dev.belfry.addresses;

import org.jspecify.annotations.NullMarked;
