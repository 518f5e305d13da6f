/**
 * The operations, events and global notifications of commerce platforms. The only place
 * that knows them.
 */
@NullMarked
package dev.belfry.catalog.commerce;

import org.jspecify.annotations.NullMarked;
