# frozen_string_literal: true

# Reads every .eml file of a folder with Ruby's Mail and prints what it saw as one JSON object: file name -> message.
require 'base64'
require 'json'
require 'mail'

# These have a place of their own below, or belong to the structure of the message.
OWN_PLACE = %w[from sender reply-to to cc bcc subject date message-id mime-version].freeze

def mailboxes(message, name)
  field = message[name] or return []
  found = field.addrs.map { |one| { group: one.group && Mail::Encodings.decode_encode(one.group, :decode), name: one.display_name, address: one.address } }
  # A group without members is known by its name only.
  found + (Mail::AddressList.new(field.value).group_names.map { |group| Mail::Encodings.decode_encode(group, :decode) } - found.map { |one| one[:group] }).map { |group| { group: group } }
end

def leaves(part)
  part.multipart? ? part.parts.flat_map { |child| leaves(child) } : [part]
end

# As sent, a long value and one that is not ASCII have several names; its own lookup puts them together.
def parameters(part)
  found = part[:content_type]&.parameters or return {}
  found.keys.map { |name| name[/\A[^*]+/] }.uniq.to_h { |name| [name, found[name]] }
end

def attachment(part)
  found = {
    fileName: part.filename,
    contentType: part.mime_type,
    parameters: parameters(part),
    contentId: part.content_id&.delete_prefix('<')&.delete_suffix('>'),
    disposition: part[:content_disposition].disposition_type
  }
  content = part.body.decoded
  %w[message/rfc822 message/global].include?(part.mime_type) ? found.merge(message: read(content)) : found.merge(content: Base64.strict_encode64(content))
end

def read(octets)
  message = Mail.read_from_string(octets)
  parts = leaves(message)
  files, bodies = parts.partition { |part| part.has_content_disposition? rescue part[:content_disposition] }
  text = bodies.find { |part| part.mime_type == 'text/plain' || part.mime_type.nil? }
  html = bodies.find { |part| part.mime_type == 'text/html' }
  {
    from: mailboxes(message, :from),
    sender: mailboxes(message, :sender),
    replyTo: mailboxes(message, :reply_to),
    to: mailboxes(message, :to),
    cc: mailboxes(message, :cc),
    bcc: mailboxes(message, :bcc),
    subject: message.subject,
    date: message.date&.iso8601,
    dateOffset: message.date && (message.date.offset * 24 * 60).to_i,
    messageId: message.message_id && "<#{message.message_id}>",
    text: text&.decoded,
    html: html&.decoded,
    alternatives: (bodies - [text, html]).map { |part| { contentType: part.mime_type, parameters: parameters(part), text: part.decoded } },
    headers: message.header_fields.reject { |field| OWN_PLACE.include?(field.name.downcase) || field.name.downcase.start_with?('content-') }
                    .map { |field| { name: field.name, value: field.decoded } },
    attachments: files.map { |part| attachment(part) },
    defects: message.errors.map { |name, value, error| "#{name}: #{error} (#{value})" }
  }
end

found = Dir.glob(File.join(ARGV[0], '*.eml')).to_h { |path| [File.basename(path), read(File.binread(path))] }
print JSON.generate(found)
