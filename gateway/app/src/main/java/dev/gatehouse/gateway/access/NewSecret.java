package dev.gatehouse.gateway.access;

/**
 * What is stored of a key's secret.
 *
 * @param prefix by which people recognise it
 * @param pepper version of the pepper that the digest was made under
 */
record NewSecret(String prefix, KeyDigest digest, int pepper) {}
