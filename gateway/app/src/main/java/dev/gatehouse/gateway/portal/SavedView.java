package dev.gatehouse.gateway.portal;

import dev.gatehouse.gateway.vocabulary.UserId;

/**
 * An address of a list, under a name. A user has one of a name for each page.
 *
 * @param page the first part of its path in the console
 * @param search the query of the address, without the question mark
 * @param shared whether all users of the owner's tenant see it, or all of the installation where the owner is one of them
 */
public record SavedView(UserId owner, String ownerName, String page, String name, String search, boolean shared) {}
