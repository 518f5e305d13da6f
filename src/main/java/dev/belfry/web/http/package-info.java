/** HTTP: who may reach what, from which pages, and GraphQL over HTTP. */
@NullMarked
package dev.belfry.web.http;

import org.jspecify.annotations.NullMarked;
