#!/usr/bin/perl
# Reads every .eml file of a folder with Email::MIME and prints what it saw as one JSON object: file name -> message.
use v5.32;
use warnings;

use Email::MIME;
use Email::MIME::ContentType qw(parse_content_type parse_content_disposition);
use Encode qw(decode);
use File::Basename qw(basename);
use JSON::PP;
use MIME::Base64 qw(encode_base64);
use Time::Piece;

# These have a place of their own below, or belong to the structure of the message.
my %own_place = map { $_ => 1 } qw(from sender reply-to to cc bcc subject date message-id mime-version);

sub mailboxes {
    my ($message, $name) = @_;
    my @found;
    my $raw = join '', $message->header_raw($name);
    for my $list ($message->header_as_obj($name)) {
        next unless defined $list;
        my @groups = $list->groups;
        while (my ($group, $addresses) = splice @groups, 0, 2) {
            push @found, map { { group => decoded($group, $raw), name => decoded($_->phrase, $raw), address => utf8_of($_->address) } } @$addresses;
            push @found, { group => $group } unless @$addresses;
        }
    }
    return \@found;
}

# Raw octets of RFC 6532 are handed on as they came; its user decodes them.
sub utf8_of { my ($octets) = @_; return utf8::is_utf8($octets) ? $octets : decode('UTF-8', $octets) }

# The same for a field that it decodes encoded-words of: raw octets come out as so many characters then.
sub decoded {
    my ($value, $raw) = @_;
    return $value unless defined $value && $raw =~ /[^\x00-\x7f]/ && $value !~ /[^\x00-\xff]/;
    return eval { decode('UTF-8', my $octets = $value, Encode::FB_CROAK) } // $value;
}

sub date {
    my ($value) = @_;
    return undef unless defined $value;
    return Time::Piece->strptime($value, '%a, %d %b %Y %H:%M:%S %z')->datetime . 'Z';
}

# The parts that hold something; what a forwarded message holds is its own affair.
sub leaves {
    my ($part) = @_;
    return $part unless parse_content_type($part->content_type)->{type} eq 'multipart';
    return map { leaves($_) } $part->subparts;
}

sub type_of { my $type = parse_content_type($_[0]->content_type); return ("$type->{type}/$type->{subtype}", $type->{attributes}) }

sub attachment {
    my ($part) = @_;
    my ($type, $parameters) = type_of($part);
    my $disposition = parse_content_disposition($part->header_raw('Content-Disposition'));
    my $content_id = $part->header_raw('Content-ID');
    $content_id =~ s/^<|>$//g if defined $content_id;
    return {
        fileName => $disposition->{attributes}{filename},
        contentType => $type,
        parameters => $parameters,
        contentId => $content_id,
        disposition => $disposition->{type},
        $type =~ m{^message/(rfc822|global)$} ? (message => read_message($part->body)) : (content => encode_base64($part->body, '')),
    };
}

sub read_message {
    my ($octets) = @_;
    my $message = Email::MIME->new($octets);
    my @parts = leaves($message);
    my (%body, @alternatives, @attachments);
    for my $part (@parts) {
        my ($type, $parameters) = type_of($part);
        if (defined $part->header_raw('Content-Disposition')) { push @attachments, attachment($part) }
        elsif ($type =~ m{^text/(plain|html)$} && !defined $body{$1}) { $body{$1} = $part->body_str }
        else { push @alternatives, { contentType => $type, parameters => $parameters, text => $part->body_str } }
    }

    my @pairs = $message->header_str_pairs;
    my @headers;
    while (my ($name, $value) = splice @pairs, 0, 2) {
        push @headers, { name => $name, value => decoded($value, join '', $message->header_raw($name)) } unless $own_place{lc $name} || $name =~ /^content-/i;
    }

    return {
        from => mailboxes($message, 'From'),
        sender => mailboxes($message, 'Sender'),
        replyTo => mailboxes($message, 'Reply-To'),
        to => mailboxes($message, 'To'),
        cc => mailboxes($message, 'Cc'),
        bcc => mailboxes($message, 'Bcc'),
        subject => decoded(scalar $message->header_str('Subject'), scalar $message->header_raw('Subject')),
        date => date(scalar $message->header_raw('Date')),
        messageId => scalar $message->header_raw('Message-ID'),
        text => $body{plain},
        html => $body{html},
        alternatives => \@alternatives,
        headers => \@headers,
        attachments => \@attachments,
    };
}

sub octets_of {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "$path: $!";
    local $/ = undef;
    return scalar <$file>;
}

my %found = map { basename($_) => read_message(octets_of($_)) } glob "$ARGV[0]/*.eml";
print JSON::PP->new->utf8->allow_nonref->encode(\%found);
