/**
 * The only native methods of the worker: llama.cpp through JNI, as handles that free what they own.
 *
 * <p>The methods of {@code Natives}. Thread: {@code any}, or {@code owner}, the platform thread that made the handle, or
 * {@code one} at a time. A method that blocks takes milliseconds or more and must not run on a virtual thread.
 *
 * <table>
 * <caption>Natives</caption>
 * <tr><th>method</th><th>thread</th><th>blocks</th></tr>
 * <tr><td>init</td><td>any</td><td>yes</td></tr>
 * <tr><td>drainLog</td><td>any</td><td>no</td></tr>
 * <tr><td>modelLoad</td><td>any</td><td>yes</td></tr>
 * <tr><td>modelInfo</td><td>any</td><td>no</td></tr>
 * <tr><td>modelFree</td><td>any</td><td>yes</td></tr>
 * <tr><td>tokenize</td><td>any</td><td>yes</td></tr>
 * <tr><td>piece</td><td>any</td><td>no</td></tr>
 * <tr><td>chatNew</td><td>any</td><td>yes</td></tr>
 * <tr><td>chatInfo</td><td>one</td><td>no</td></tr>
 * <tr><td>chatTokens</td><td>one</td><td>yes</td></tr>
 * <tr><td>chatAccept</td><td>one</td><td>yes</td></tr>
 * <tr><td>chatParse</td><td>one</td><td>no</td></tr>
 * <tr><td>chatFree</td><td>any</td><td>no</td></tr>
 * <tr><td>contextNew</td><td>any</td><td>yes</td></tr>
 * <tr><td>contextBind</td><td>owner</td><td>no</td></tr>
 * <tr><td>contextDrop</td><td>owner</td><td>no</td></tr>
 * <tr><td>contextShare</td><td>owner</td><td>no</td></tr>
 * <tr><td>contextStateBytes</td><td>owner</td><td>no</td></tr>
 * <tr><td>contextSave</td><td>owner</td><td>no</td></tr>
 * <tr><td>contextRestore</td><td>owner</td><td>no</td></tr>
 * <tr><td>contextStep</td><td>owner</td><td>yes</td></tr>
 * <tr><td>contextExperts</td><td>owner</td><td>no</td></tr>
 * <tr><td>contextAbort</td><td>any</td><td>no</td></tr>
 * <tr><td>contextFree</td><td>any</td><td>yes</td></tr>
 * </table>
 */
@NullMarked
package dev.gatehouse.worker.llama;

import org.jspecify.annotations.NullMarked;
